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
 * @param values of Bind, decoded for people, null for SQL NULL; empty for a simple query
 * @param valueTypes their types by OID, unsigned, as the client has declared them, 0 where it left that to the server; as many as values, or
 *     none if they are not known
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
        List<@Nullable String> values,
        List<Integer> valueTypes,
        List<StatementFacts> facts,
        StatementClass statementClass,
        String rule,
        Map<String, String> settings,
        @Nullable String looksLike,
        @Nullable String certificate) {
    public HoldRequest {
        values = Collections.unmodifiableList(new ArrayList<>(values)); // copyOf() takes no null
        valueTypes = List.copyOf(valueTypes);
        facts = List.copyOf(facts);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Of values whose types are not known, and that looks like nothing in particular. */
    public HoldRequest(
            String user,
            @Nullable String person,
            String database,
            String application,
            String address,
            String session,
            String text,
            Fingerprint fingerprint,
            List<@Nullable String> values,
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
                List.of(),
                facts,
                statementClass,
                rule,
                settings,
                null,
                null);
    }

    /** Without a certificate. */
    public HoldRequest(
            String user,
            @Nullable String person,
            String database,
            String application,
            String address,
            String session,
            String text,
            Fingerprint fingerprint,
            List<@Nullable String> values,
            List<Integer> valueTypes,
            List<StatementFacts> facts,
            StatementClass statementClass,
            String rule,
            Map<String, String> settings,
            @Nullable String looksLike) {
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
                valueTypes,
                facts,
                statementClass,
                rule,
                settings,
                looksLike,
                null);
    }

    /** Characters that a hold of this request keeps in the control store. */
    public long weight() {
        long weight = text.length();
        for (String value : values) {
            weight += value == null ? 0 : value.length();
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
