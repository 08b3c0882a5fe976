package io.holdfast.config.load;

import io.holdfast.config.PersonConfig;
import io.holdfast.config.RuleConfig.When;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who may decide holds and has a way to, and whether there are enough of them, whoever asks.
 *
 * @param people all of the file
 * @param tokens whether there is an address that tokens are good for
 * @param slack whether holds go to Slack
 */
record Approvers(List<PersonConfig> people, boolean tokens, boolean slack) {
    /** A place in the file where approvals are asked for. */
    interface Place {
        void problem(String found, String expected);

        void warning(String found, String expected);
    }

    /**
     * Reports if nobody could get so many approvals, and warns if some could not.
     *
     * @param when of the rule
     * @param alreadyAsked it is known already how it stands where anybody may ask
     */
    void check(int approvals, When when, boolean alreadyAsked, Place place) {
        List<PersonConfig> able = people.stream().filter(this::canDecide).toList();
        if (approvals > able.size()) {
            if (!alreadyAsked) {
                tooFew(approvals, able.size(), place);
            }
        } else if (approvals == able.size() && approvals > 0) {
            checkRequesters(approvals, able, when, alreadyAsked, place);
        }
    }

    /** Everybody who may decide is needed, so whoever is one of them cannot ask. */
    private void checkRequesters(int approvals, List<PersonConfig> able, When when, boolean alreadyAsked, Place place) {
        boolean anybody = when.persons().isEmpty() && when.users().isEmpty();
        List<Optional<PersonConfig>> requesters =
                anybody ? able.stream().map(Optional::of).toList() : requesters(when);
        List<String> stuck = requesters.stream()
                .flatMap(Optional::stream)
                .filter(able::contains)
                .map(PersonConfig::name)
                .distinct()
                .toList();
        if (stuck.isEmpty() || (anybody && alreadyAsked)) {
            return;
        }
        String names = names(stuck);
        String others = others(approvals - 1);
        if (!anybody
                && requesters.stream()
                        .allMatch(one -> one.filter(able::contains).isPresent())) {
            place.problem(
                    "needs " + approvals(approvals) + ", but when " + names + " asks, " + others + " may approve",
                    "at least " + (approvals + 1) + " people with approves: true, or fewer approvals");
        } else {
            place.warning(
                    "needs " + approvals(approvals) + ", which " + names + " can never get: " + others + " may approve",
                    "at least " + (approvals + 1) + " people with approves: true, or fewer approvals");
        }
    }

    /** Empty stands for a user who belongs to nobody. */
    private List<Optional<PersonConfig>> requesters(When when) {
        if (when.persons().isEmpty()) {
            return when.users().stream()
                    .map(user -> people.stream()
                            .filter(person -> person.postgres().contains(user))
                            .findFirst())
                    .toList();
        }
        List<Optional<PersonConfig>> requesters = new ArrayList<>();
        for (PersonConfig person : people) {
            if (when.persons().contains(person.name())
                    && (when.users().isEmpty() || !Collections.disjoint(when.users(), person.postgres()))) {
                requesters.add(Optional.of(person));
            }
        }
        return requesters;
    }

    private void tooFew(int approvals, int able, Place place) {
        long may = people.stream().filter(PersonConfig::approves).count();
        if (approvals > may) {
            place.problem(
                    "needs " + approvals + " approvals, but " + may + " of the people may approve",
                    "at least " + approvals + " people with approves: true");
        } else {
            place.problem(
                    "needs " + approvals(approvals) + ", but of the people who may approve " + able + " have a way to",
                    "at least " + approvals + " people with approves: true who can log in or click");
        }
    }

    /** Warns of each person whose word can never arrive. */
    void checkWays(List<Value> values) {
        for (int i = 0; i < people.size(); i++) {
            PersonConfig person = people.get(i);
            if (person.approves() && !canDecide(person)) {
                values.get(i)
                        .warning(
                                person.name() + " may approve, but has no way to: no PostgreSQL user, "
                                        + (person.token() == null ? "no token, " : "a token but admin is off, ")
                                        + (person.slack() == null
                                                ? "no Slack id"
                                                : "a Slack id but there is no notify.slack"),
                                "a PostgreSQL user, a token or a Slack id that is of use");
            }
        }
    }

    private boolean canDecide(PersonConfig person) {
        return person.approves()
                && (!person.postgres().isEmpty()
                        || (tokens && person.token() != null)
                        || (slack && person.slack() != null));
    }

    private static String approvals(int number) {
        return number == 1 ? "1 approval" : number + " approvals";
    }

    private static String others(int number) {
        return number == 0 ? "nobody else" : number == 1 ? "only 1 other person" : "only " + number + " others";
    }

    private static String names(List<String> names) {
        List<String> sorted = names.stream().sorted().toList();
        return sorted.size() == 1 ? sorted.getFirst() : Kinds.either(sorted);
    }
}
