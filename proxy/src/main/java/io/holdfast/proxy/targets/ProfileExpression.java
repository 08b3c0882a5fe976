package io.holdfast.proxy.targets;

import java.util.Collection;
import java.util.regex.Pattern;

/** {@code test}, {@code !prod & cloud}, {@code dev, test}: when a part of Spring's configuration counts. Pure. */
final class ProfileExpression {
    private static final Pattern NAME = Pattern.compile("[^\\s!&|(),]+");
    private static final int LONGEST = 1_000;

    private ProfileExpression() {}

    /**
     * Whether it holds, by putting T and F in the place of names and working them off.
     *
     * @throws TargetProblem if it is none
     */
    static boolean holds(String expression, Collection<String> active) throws TargetProblem {
        if (expression.length() > LONGEST) {
            throw new TargetProblem("a profile expression in it is too long");
        }
        String rest = NAME.matcher(expression)
                .replaceAll(name -> active.contains(name.group()) ? "T" : "F")
                .replaceAll("\\s", "")
                .replace(',', '|');
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = rest.replace("!T", "F")
                    .replace("!F", "T")
                    .replace("(T)", "T")
                    .replace("(F)", "F")
                    .replace("T&T", "T")
                    .replaceAll("[TF]&[TF]", "F");
            if (rest.equals(before)) {
                rest = rest.replace("F|F", "F").replaceAll("[TF]\\|[TF]", "T");
            }
        }
        if (!rest.equals("T") && !rest.equals("F")) {
            throw new TargetProblem("a profile expression in it cannot be understood");
        }
        return rest.equals("T");
    }
}
