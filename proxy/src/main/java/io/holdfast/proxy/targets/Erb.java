package io.holdfast.proxy.targets;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ruby in a text of something else. What only picks among variables is put in its place, what is code leaves a {@link Gap}. */
final class Erb {
    private static final Pattern TAG = Pattern.compile("(?s)<%(?<kind>[%=#-]?)(?<code>.*?)(?:-?%>|$(?!\\n))");

    private Erb() {}

    /**
     * The text as it would be, as far as that can be told.
     *
     * @param variables of the environment
     * @param environment Rails'
     * @throws TargetProblem if there is code around parts of the text, which may or may not be there then
     */
    static String expanded(String text, Function<String, Optional<String>> variables, String environment)
            throws TargetProblem {
        Matcher tag = TAG.matcher(text);
        StringBuilder out = new StringBuilder();
        while (tag.find()) {
            String put = switch (tag.group("kind")) {
                case "#" -> "";
                case "=" -> RubyExpression.value(tag.group("code"), variables, environment);
                default ->
                    throw new TargetProblem("there is Ruby code in line "
                            + (1
                                    + text.substring(0, tag.start())
                                            .chars()
                                            .filter(c -> c == '\n')
                                            .count())
                            + ", which is not run here, so what is in it is not known");
            };
            tag.appendReplacement(out, Matcher.quoteReplacement(put));
        }
        return tag.appendTail(out).toString();
    }
}
