package io.holdfast.config.load;

import io.holdfast.config.PersonConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Section {@code people}. What identifies a person must not identify another, or two approvals could be one person's. */
final class PeopleReader {
    private static final List<String> KEYS = List.of("name", "slack", "postgres", "token", "approves", "break-glass");

    private static final Pattern HASH = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final String TOKEN_HASH = "sha256: and 64 digits from 0 to f, as holdfast token prints it";

    private final Once names = new Once("each name once");
    private final Once users = new Once("each PostgreSQL user with one person");
    private final Once slackIds = new Once("each Slack id with one person");
    private final Once tokens = new Once("each token with one person");

    private final boolean hasHttp;

    private PeopleReader(boolean hasHttp) {
        this.hasHttp = hasHttp;
    }

    /** @param hasHttp whether tokens are good for anything */
    static People read(List<Value> values, boolean hasHttp) {
        PeopleReader reader = new PeopleReader(hasHttp);
        return new People(
                values.stream().map(value -> reader.person(value.section(KEYS))).toList());
    }

    private PersonConfig person(Section person) {
        Optional<Value> nameValue = person.required("name", Kinds.TEXT.expected());
        Optional<String> name = nameValue.flatMap(value -> value.as(Kinds.TEXT));
        boolean newName = name.isPresent() && names.add(name.get(), nameValue.get());
        Set<String> postgres = new HashSet<>();
        Optional<Value> usersValue = person.get("postgres").or(() -> newName ? nameValue : Optional.empty());
        for (Value value :
                usersValue.map(given -> given.elements(Kinds.TEXT.expected())).orElse(List.of())) {
            value.as(Kinds.TEXT).filter(user -> users.add(user, value)).ifPresent(postgres::add);
        }
        Optional<Value> slackValue = person.get("slack");
        Optional<String> slack = slackValue.flatMap(value -> value.as(Kinds.SLACK_ID));
        slack.ifPresent(id -> slackIds.add(id, slackValue.get()));
        PersonConfig read = new PersonConfig(
                name.orElse(""),
                postgres,
                slack.orElse(null),
                token(person),
                person.value("approves", Kinds.BOOLEAN, false),
                person.value("break-glass", Kinds.BOOLEAN, false));
        if (read.breaksGlass()) {
            checkGlass(person, read);
        }
        return read;
    }

    /** Who is not trusted with half of a decision is not trusted with all of it; and who has no way to it will look for another. */
    private void checkGlass(Section person, PersonConfig read) {
        if (!read.approves()) {
            person.problem("break-glass", "true, without approves: true", "approves: true, too, or no break-glass");
        }
        boolean hasToken = person.get("token").isPresent();
        if (read.postgres().isEmpty() && !(hasToken && hasHttp)) {
            person.problem(
                    "break-glass",
                    hasHttp || !hasToken
                            ? "true, for somebody without a PostgreSQL user and a token"
                            : "true, for somebody with nothing but a token, and admin is off",
                    hasHttp
                            ? "a PostgreSQL user for the console, or a token for the web page, the API and the shell"
                            : "a PostgreSQL user for the console");
        }
    }

    private @Nullable String token(Section person) {
        Optional<Value> value = person.get("token");
        String text = value.flatMap(given -> given.text(TOKEN_HASH)).orElse("");
        Matcher hash = HASH.matcher(text);
        if (hash.matches()) {
            tokens.add(hash.group(1), value.get());
            return hash.group(1);
        }
        if (!text.isEmpty()) {
            value.get().problem("no hash", TOKEN_HASH); // not shown: it may be the token itself
        }
        return null;
    }
}
