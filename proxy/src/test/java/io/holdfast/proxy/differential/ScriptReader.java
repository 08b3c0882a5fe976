package io.holdfast.proxy.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of scripts.
 *
 * <pre>
 * # a comment
 * = the name of a script
 * ! since 16                    only for PostgreSQL 16 and later; also: until 15
 * ! difference KEY              a listed difference, whose lines follow, as a diff from PostgreSQL to Holdfast
 * - CommandComplete "CALL"
 * + CommandComplete "call"
 * C> Query "SELECT 1"           sent; neighbouring lines leave in one piece; "C> 3 Sync" is sent three times
 * C&lt; ReadyForQuery             read up to this message; "C&lt; 3 ReadyForQuery": up to the third
 * C&lt; end                       also: byte, nothing
 * C! login TimeZone=UTC         also: connect, authenticate, cancel, vanish
 * </pre>
 *
 * A connection that is not opened by the script is logged in beforehand. At the end of the script each that is still open is
 * sent Sync, so that nothing is left unread, and Terminate.
 */
final class ScriptReader {
    private static final Pattern STEP = Pattern.compile("([A-Z])([<>!]) (?:(\\d+) )?(.*)");

    private final String theme;
    private final List<Script> scripts = new ArrayList<>();
    private @Nullable String name;
    private int since;
    private int until;
    private @Nullable String difference;
    private List<String> different = new ArrayList<>();
    private List<Step> steps = new ArrayList<>();

    private ScriptReader(String theme) {
        this.theme = theme;
    }

    /** @throws IllegalArgumentException naming the line that is none */
    static List<Script> read(String theme, String text) {
        ScriptReader reader = new ScriptReader(theme);
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                reader.line(line.strip());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(theme + " line " + number + ": " + e.getMessage(), e);
            }
        }
        reader.finish();
        return reader.scripts;
    }

    private void line(String line) {
        if (line.startsWith("= ")) {
            finish();
            name = line.substring(2);
        } else if (line.startsWith("! ")) {
            directive(line.substring(2).split(" ", 2));
        } else if (line.startsWith("- ") || line.startsWith("+ ")) {
            different.add(line);
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            step(line);
        }
    }

    private void directive(String[] words) {
        switch (words[0]) {
            case "since" -> since = Integer.parseInt(words[1]);
            case "until" -> until = Integer.parseInt(words[1]);
            case "difference" -> difference = words[1];
            default -> throw new IllegalArgumentException("directive: " + words[0]);
        }
    }

    private void step(String line) {
        Matcher matcher = STEP.matcher(line);
        if (!matcher.matches() || name == null) {
            throw new IllegalArgumentException("not a step of a script: " + line);
        }
        char lane = matcher.group(1).charAt(0);
        int times = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        String what = matcher.group(4);
        switch (matcher.group(2)) {
            case ">" -> send(lane, times, what);
            case "<" -> steps.add(await(lane, times, what));
            default -> steps.add(action(lane, what.split(" ")));
        }
    }

    private void send(char lane, int times, String message) {
        boolean joins = !steps.isEmpty() && steps.getLast() instanceof Step.Send(var last, var ignored) && last == lane;
        List<String> lines = new ArrayList<>();
        if (joins) {
            lines.addAll(((Step.Send) steps.removeLast()).lines());
        }
        for (int i = 0; i < times; i++) {
            lines.add(message);
        }
        steps.add(new Step.Send(lane, lines));
    }

    private static Step await(char lane, int times, String what) {
        return switch (what) {
            case "end" -> new Step.AwaitEnd(lane);
            case "byte" -> new Step.AwaitByte(lane);
            case "nothing" -> new Step.Silence(lane);
            default -> new Step.Await(lane, times, what);
        };
    }

    private static Step action(char lane, String[] words) {
        return switch (words[0]) {
            case "connect" -> new Step.Connect(lane);
            case "authenticate" -> new Step.Authenticate(lane);
            case "login" -> new Step.Login(lane, List.of(words).subList(1, words.length));
            case "cancel" -> new Step.Cancel(lane);
            case "vanish" -> new Step.Vanish(lane);
            default -> throw new IllegalArgumentException("action: " + words[0]);
        };
    }

    private void finish() {
        if (name != null) {
            scripts.add(new Script(theme, name, since, until, difference, different, steps));
        }
        name = null;
        since = 0;
        until = Integer.MAX_VALUE;
        difference = null;
        different = new ArrayList<>();
        steps = new ArrayList<>();
    }
}
