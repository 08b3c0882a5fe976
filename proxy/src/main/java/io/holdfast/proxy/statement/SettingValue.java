package io.holdfast.proxy.statement;

/** The value behind SET: one constant or a list, as current_setting() will show it. */
final class SettingValue {
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
        do {
            value.append(value.isEmpty() ? "" : ", ").append(element(r));
        } while (r.accept(','));
        return value.toString();
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
