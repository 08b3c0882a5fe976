package io.holdfast.proxy.targets;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in a value for a part that is not known here: a variable that is not set, or code that only its framework can run. Written into
 * the value between two characters that nobody uses, so that it passes through a reader of YAML.
 */
final class Gap {
    private static final Pattern GAP = Pattern.compile("\uE000([^\uE001]*)\uE001");

    private Gap() {}

    /** @param variable whose value is needed, and for which there is no other */
    static String unset(String variable) {
        return '\uE000' + variable.replaceAll("[^A-Za-z0-9_.-]", "_") + '\uE001';
    }

    /** For what code makes. */
    static String code() {
        return "\uE000\uE001";
    }

    static boolean isIn(String value) {
        return value.indexOf('\uE000') >= 0;
    }

    /** Whether there is nothing but gaps. */
    static boolean isAll(String value) {
        return isIn(value) && GAP.matcher(value).replaceAll("").isBlank();
    }

    /** The value with nothing in the place of variables that are not set. */
    static String emptied(String value) {
        return GAP.matcher(value).replaceAll(gap -> gap.group(1).isEmpty() ? gap.group() : "");
    }

    /** Whether a part is made by code. */
    static boolean isCodeIn(String value) {
        return value.contains(code());
    }

    /** Whether there are gaps, each for a variable of which this holds. */
    static boolean isOnlyFor(String value, Predicate<String> variables) {
        return isIn(value) && GAP.matcher(value).results().allMatch(gap -> variables.test(gap.group(1)));
    }

    /**
     * What a value with gaps is worth. A variable that is not set names no database: whoever starts with the same environment has none
     * either. What code makes can be anything.
     */
    static Optional<Finding> finding(String name, String value) {
        Matcher gap = GAP.matcher(value);
        Finding found = null;
        while (gap.find()) {
            if (gap.group(1).isEmpty()) {
                return Optional.of(new Finding.Unreadable(
                        name, "a part of it is made by code, or filled in elsewhere, which is not done here"));
            }
            found = Finding.PassedOver.unset(name, gap.group(1) + " is not set");
        }
        return Optional.ofNullable(found);
    }
}
