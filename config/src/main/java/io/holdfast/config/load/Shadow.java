package io.holdfast.config.load;

import io.holdfast.config.CertificatePattern;
import io.holdfast.config.Cidr;
import io.holdfast.config.Glob;
import io.holdfast.config.Hours;
import io.holdfast.config.RuleConfig;
import io.holdfast.config.RuleConfig.Action;
import io.holdfast.config.RuleConfig.When;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a rule stands in the shadow of an earlier one: whatever it is asked, it changes nothing. Says so only if that is certain for
 * every statement and every client, so it misses some, such as a rule that two others cover together. Pure.
 *
 * <p>It knows how the policy takes rules. The first that covers the whole of a statement ends the search; one that names commands, tables
 * or functions covers some statements in part, and then hold and refuse bind without ending it. One for many rows never ends it.
 */
final class Shadow {
    private static final String EVERYTHING = "*";

    private Shadow() {}

    static boolean lies(RuleConfig earlier, RuleConfig later) {
        When wide = earlier.when();
        When narrow = later.when();
        boolean routes = earlier.then() instanceof Action.Route;
        if (routes != later.then() instanceof Action.Route || !speaksWherever(wide, narrow)) {
            return false;
        }
        if (routes) {
            return namesWhatever(wide, narrow); // of these the first that speaks at all decides
        }
        if (wide.rowsOver() != null) {
            return narrow.rowsOver() != null
                    && wide.rowsOver() <= narrow.rowsOver()
                    && isSameSubject(wide, narrow)
                    && isAsStrict(earlier.then(), later.then());
        }
        if (!wide.namesContents()) {
            return true; // it is never in doubt
        }
        return guards(later.then())
                ? isSameSubject(wide, narrow) && isAsStrict(earlier.then(), later.then())
                : namesWhatever(wide, narrow) && coversWhole(wide, narrow);
    }

    /** The client, the class and whether there is opaque code: it is not in the way where the later one speaks. */
    private static boolean speaksWherever(When wide, When narrow) {
        return isWider(wide.classes(), narrow.classes())
                && (!wide.opaque() || narrow.opaque())
                && isWider(wide.users(), narrow.users())
                && isWider(wide.persons(), narrow.persons())
                && isWider(wide.databases(), narrow.databases())
                && isWider(wide.applications(), narrow.applications())
                && isWider(wide.environments(), narrow.environments())
                && covers(wide.networks(), narrow.networks(), Cidr::parse, Cidr::covers)
                && covers(
                        wide.certificates(), narrow.certificates(), CertificatePattern::of, CertificatePattern::covers)
                && hours(wide.hours(), narrow.hours());
    }

    private static boolean namesWhatever(When wide, When narrow) {
        return commands(wide.commands(), narrow.commands())
                && patterns(wide.tables(), narrow.tables())
                && patterns(wide.functions(), narrow.functions());
    }

    /** Neither leaves out what a statement carries or calls beside what is named, unless the other does, too. */
    private static boolean coversWhole(When wide, When narrow) {
        return !wide.classes().isEmpty()
                || (narrow.classes().isEmpty()
                        && wide.opaque() == narrow.opaque()
                        && wide.tables().isEmpty() == narrow.tables().isEmpty()
                        && wide.functions().isEmpty() == narrow.functions().isEmpty());
    }

    /** Of the same client, both cover a statement as far as each other. */
    private static boolean isSameSubject(When one, When other) {
        return one.classes().equals(other.classes())
                && one.commands().equals(other.commands())
                && Set.copyOf(one.tables()).equals(Set.copyOf(other.tables()))
                && Set.copyOf(one.functions()).equals(Set.copyOf(other.functions()))
                && one.opaque() == other.opaque();
    }

    private static boolean guards(Action action) {
        return switch (action) {
            case Action.Hold _, Action.Refuse _ -> true;
            case Action.Allow _, Action.Delay _, Action.Route _ -> false;
        };
    }

    private static boolean isAsStrict(Action earlier, Action later) {
        return switch (earlier) {
            case Action.Refuse _ -> true;
            case Action.Hold first -> later instanceof Action.Hold second && first.approvals() >= second.approvals();
            case Action.Allow _, Action.Delay _, Action.Route _ -> false;
        };
    }

    private static <T> boolean isWider(Collection<T> wide, Collection<T> narrow) {
        return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
    }

    /** As {@link #isWider}, of patterns, of which one covers many. */
    private static <T> boolean covers(
            List<String> wide, List<String> narrow, Function<String, T> parse, BiPredicate<T, T> covers) {
        List<T> ours = wide.stream().map(parse).toList();
        return wide.isEmpty()
                || (!narrow.isEmpty()
                        && narrow.stream()
                                .map(parse)
                                .allMatch(theirs -> ours.stream().anyMatch(one -> covers.test(one, theirs))));
    }

    private static boolean hours(@Nullable Hours wide, @Nullable Hours narrow) {
        if (wide == null) {
            return true;
        }
        if (narrow == null || !wide.zone().equals(narrow.zone()) || !isWider(wide.days(), narrow.days())) {
            return false;
        }
        return wide.windows().isEmpty()
                ? narrow.windows().stream().noneMatch(Hours.Window::isOverMidnight) // the morning may be no day of ours
                : isWider(wide.windows(), narrow.windows());
    }

    private static boolean commands(Set<String> wide, Set<String> narrow) {
        return wide.isEmpty()
                || (!narrow.isEmpty()
                        && narrow.stream()
                                .allMatch(
                                        command -> wide.contains(command) || wide.contains(command.split(" ", 2)[0])));
    }

    private static boolean patterns(List<String> wide, List<String> narrow) {
        return wide.isEmpty()
                || (!narrow.isEmpty()
                        && narrow.stream().allMatch(theirs -> wide.stream().anyMatch(ours -> covers(ours, theirs))));
    }

    private static boolean covers(String wide, String narrow) {
        if (wide.equals(EVERYTHING)) {
            return true;
        }
        if (narrow.equals(EVERYTHING) || !Glob.of(name(wide)).covers(Glob.of(name(narrow)))) {
            return false;
        }
        String ours = schema(wide);
        String theirs = schema(narrow);
        if (ours == null || theirs == null || theirs.equals(EVERYTHING)) {
            return EVERYTHING.equals(ours) || (ours == null && theirs == null);
        }
        return Glob.of(ours).covers(Glob.of(theirs));
    }

    private static String name(String pattern) {
        return pattern.substring(pattern.indexOf('.') + 1);
    }

    private static @Nullable String schema(String pattern) {
        int dot = pattern.indexOf('.');
        return dot < 0 ? null : pattern.substring(0, dot);
    }
}
