package io.holdfast.proxy.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.approval.Decision.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoPersonRuleTest {
    private static final Map<String, Person> PEOPLE = Map.of(
            "bo", Holds.BO,
            "ann", Holds.ANN,
            "dev", Holds.DEV,
            "bo-renamed", new Person("bo-renamed", Set.of("bo"), true));

    @ParameterizedTest(name = "{0}/{1} asks, {2} has approved, {3} says approve={4}: {5}")
    @CsvSource({
        // user,    person, approved, who,        approve, objection
        "dev,       dev,    ,         bo,         true,    ",
        "dev,       dev,    ,         bo,         false,   ",
        "dev,       dev,    ann,      bo,         true,    ",
        "dev,       dev,    ,         dev,        true,    NOT_APPROVER",
        "app,       ,       ,         dev,        true,    NOT_APPROVER",
        "app,       ,       ,         dev,        false,   NOT_APPROVER",
        "bo,        bo,     ,         bo,         true,    OWN_REQUEST",
        "bo,        bo,     ,         bo,         false,   OWN_REQUEST",
        // by another account of the same person
        "bo_admin,  bo,     ,         bo,         true,    OWN_REQUEST",
        // no person was configured when it was asked, but the user belongs to who decides
        "bo,        ,       ,         bo,         true,    OWN_REQUEST",
        "bo_admin,  ,       ,         bo,         true,    OWN_REQUEST",
        // the person's name has changed since, the user has not
        "bo,        bo,     ,         bo-renamed, true,    OWN_REQUEST",
        // the user has changed since, the person has not
        "old,       bo,     ,         bo,         true,    OWN_REQUEST",
        "app,       ,       ,         bo,         true,    ",
        "dev,       dev,    bo,       bo,         true,    ALREADY_DECIDED_BY_YOU",
        "dev,       dev,    bo,       ann,        true,    ",
        // a mistake noticed in time
        "dev,       dev,    bo,       bo,         false,   ",
    })
    void decidesByPersonsNotAccounts(
            String user,
            @Nullable String person,
            @Nullable String approved,
            String who,
            boolean approve,
            @Nullable Reason objection) {
        List<Vote> votes = approved == null ? List.of() : List.of(approval(approved));

        assertThat(TwoPersonRule.objection(
                        Holds.request(user, person, "DROP TABLE t"),
                        votes,
                        Objects.requireNonNull(PEOPLE.get(who)),
                        approve))
                .isEqualTo(Optional.ofNullable(objection));
    }

    @Test
    void oneVoiceIsOneHoweverOftenItIsHeard() {
        assertThat(TwoPersonRule.isSatisfied(2, List.of(approval("bo"), approval("bo"))))
                .isFalse();
        assertThat(TwoPersonRule.isSatisfied(2, List.of(approval("bo"), approval("ann"))))
                .isTrue();
    }

    @Test
    void aDenialIsNoApproval() {
        Vote denial = new Vote("ann", false, null, Instant.EPOCH, Channel.CONSOLE);

        assertThat(TwoPersonRule.isSatisfied(2, List.of(approval("bo"), denial)))
                .isFalse();
    }

    private static Vote approval(String person) {
        return new Vote(person, true, null, Instant.EPOCH, Channel.CONSOLE);
    }
}
