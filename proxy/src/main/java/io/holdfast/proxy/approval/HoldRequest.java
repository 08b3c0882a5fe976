package io.holdfast.proxy.approval;

import io.holdfast.proxy.statement.StatementClass;
import io.holdfast.proxy.statement.StatementFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked, by whom, and from where. It never changes once a hold is open: what was shown is what may run.
 *
 * @param user authenticated PostgreSQL user
 * @param person null: the user belongs to no configured person
 * @param database connected to
 * @param application application_name, empty if none
 * @param address of the client
 * @param session the proxy's name of the session
 * @param text what the client sent, whole
 * @param fingerprint identity of text, values and everything else that must not differ when it runs
 * @param values of Bind, and arguments of a called function, in order; empty for a simple query
 * @param facts of each statement in the text
 * @param statementClass of the unit
 * @param rule that asked for the hold
 * @param settings session state that changes what the text means, such as the current role and {@code search_path}
 * @param looksLike what it was recognised as: {@code a test suite's cleaner (...)}; null: as nothing
 * @param certificate whom the client's certificate names, as {@code /O=Example/CN=ana}; null: it has shown none
 */
public record HoldRequest(
        String user,
        @Nullable String person,
        String database,
        String application,
        String address,
        String session,
        String text,
        Fingerprint fingerprint,
        List<BoundValue> values,
        List<StatementFacts> facts,
        StatementClass statementClass,
        String rule,
        Map<String, String> settings,
        @Nullable String looksLike,
        @Nullable String certificate) {
    public HoldRequest {
        values = List.copyOf(values);
        facts = List.copyOf(facts);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** One that looks like nothing in particular, of a client without a certificate. */
    public HoldRequest(
            String user,
            @Nullable String person,
            String database,
            String application,
            String address,
            String session,
            String text,
            Fingerprint fingerprint,
            List<BoundValue> values,
            List<StatementFacts> facts,
            StatementClass statementClass,
            String rule,
            Map<String, String> settings) {
        this(
                user,
                person,
                database,
                application,
                address,
                session,
                text,
                fingerprint,
                values,
                facts,
                statementClass,
                rule,
                settings,
                null,
                null);
    }

    /** The values as people read them, in order; null for SQL NULL. */
    public List<@Nullable String> valueTexts() {
        List<@Nullable String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.text()));
        return Collections.unmodifiableList(texts);
    }

    /** The values of one statement, in order. */
    public List<BoundValue> valuesOf(int statement) {
        return values.stream().filter(value -> value.statement() == statement).toList();
    }

    /** What a value is called: {@code $1}, or {@code statement 2: $1} where there are several statements. */
    public String label(BoundValue value) {
        String parameter = "$" + value.parameter();
        return facts.size() <= 1 ? parameter : "statement " + value.statement() + ": " + parameter;
    }

    /** Characters that a hold of this request keeps in the control store. */
    public long weight() {
        long weight = text.length();
        for (BoundValue value : values) {
            weight += value.text() == null ? 0 : value.text().length();
        }
        for (String value : settings.values()) {
            weight += value.length();
        }
        return weight;
    }

    /** Whether the two ask for the same thing as the same user. */
    boolean sameAs(HoldRequest other) {
        return isFrom(other.user, other.person, other.database) && fingerprint.equals(other.fingerprint);
    }

    /** Whether this user, being this person, asked for it in this database. */
    boolean isFrom(String otherUser, @Nullable String otherPerson, String otherDatabase) {
        return user.equals(otherUser)
                && database.equals(otherDatabase)
                && (person == null ? otherPerson == null : person.equals(otherPerson));
    }
}
