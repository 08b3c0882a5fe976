package io.holdfast.proxy.statement;

import java.util.regex.Pattern;

/** The value behind SET: one constant or a list, as current_setting() will show it. */
final class SettingValue {
    /** What stands without quotes in a list of names, so that a name with a comma in it is not taken for two. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private SettingValue() {}

    static String read(Reading r, String name) {
        StringBuilder value = new StringBuilder();
        if (name.equals("timezone") && r.is(Keyword.INTERVAL)) {
            while (!r.isEnd()) { // INTERVAL '+02:00' HOUR TO MINUTE
                value.append(value.isEmpty() ? "" : " ").append(r.word(r.position()));
                r.next();
            }
            return value.toString();
        }
        boolean names = name.equals("search_path");
        do {
            String element = element(r);
            value.append(value.isEmpty() ? "" : ", ").append(names ? quoted(element) : element);
        } while (r.accept(','));
        return value.toString();
    }

    private static String quoted(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String element(Reading r) {
        String sign = "";
        if (r.is('-') || r.is('+')) {
            sign = r.is('-') ? "-" : "";
            r.next();
        }
        int i = r.position();
        int kind = r.kind();
        r.next();
        if (TokenKind.isString(kind)) {
            return Names.string(r.tokens(), i);
        } else if (kind == TokenKind.INTEGER || kind == TokenKind.NUMERIC) {
            return sign + Names.name(r.tokens(), i);
        } else if (TokenKind.isName(kind) || kind >= TokenKind.KEYWORD) {
            return Names.name(r.tokens(), i);
        }
        r.position(i);
        throw r.unexpected();
    }
}
