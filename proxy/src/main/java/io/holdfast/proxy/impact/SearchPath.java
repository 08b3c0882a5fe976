package io.holdfast.proxy.impact;

import io.holdfast.proxy.estimate.SessionState;
import io.holdfast.proxy.statement.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The schemas in which a held statement looks for its names. Pure.
 *
 * @param schemas in order, without the system's
 */
record SearchPath(List<String> schemas) {
    private static final String SETTING = "search_path";
    private static final String USER = "$user";

    SearchPath {
        schemas = List.copyOf(schemas);
    }

    /**
     * What the session has; empty: servers before 18 do not say it, or it depends on a role that is not shown.
     */
    static Optional<SearchPath> of(SessionState session) {
        String value = session.settings().get(SETTING);
        List<SqlToken> tokens =
                value == null ? List.of() : SqlToken.listOf(value).orElse(List.of());
        if (value == null || (tokens.size() % 2 == 0 && !value.isBlank())) {
            return Optional.empty();
        }
        List<String> schemas = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            Optional<String> name = Targets.folded(token);
            boolean comma = token.isSymbol(",");
            if (comma == (i % 2 == 0) || (!comma && name.isEmpty())) {
                return Optional.empty(); // no list of names: "as at login"
            }
            if (!comma) {
                if (name.get().equals(USER) && session.settings().containsKey("role")) {
                    return Optional.empty();
                }
                schemas.add(name.get().equals(USER) ? user(session) : name.get());
            }
        }
        return Optional.of(new SearchPath(schemas));
    }

    private static String user(SessionState session) {
        return session.settings().getOrDefault("session_authorization", session.user());
    }

    /** As SET takes it. */
    String setting() {
        return schemas.stream().map(Quoted::name).collect(Collectors.joining(", "));
    }
}
