package io.holdfast.proxy.impact;

import io.holdfast.proxy.estimate.Changes;
import io.holdfast.proxy.estimate.RowQuestion.Asked;
import io.holdfast.proxy.estimate.SessionState;
import io.holdfast.proxy.estimate.Unseen;
import io.holdfast.proxy.impact.Relations.Found;
import io.holdfast.proxy.impact.Relations.Look;
import io.holdfast.proxy.impact.Relations.Tree;
import io.holdfast.proxy.insight.Insight;
import io.holdfast.proxy.insight.Insights;
import io.holdfast.proxy.insight.RowCount;
import io.holdfast.proxy.insight.StatementInsight;
import io.holdfast.proxy.policy.RowEstimate;
import io.holdfast.proxy.statement.RelationName;
import io.holdfast.proxy.statement.StatementFacts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Counts for the rules what one statement after the other would change or remove: the rows that it names, and those to which foreign keys
 * lead from there. What triggers and rules do besides is not counted.
 */
final class RowEstimator {
    private final Connection connection;
    private final SessionState session;
    private final Insights insights;
    private final RowCounter counter;
    private final Relations relations;
    private final ForeignKeys keys;
    private final Deadline deadline;
    private final long enough;

    /** How long one count may take, and all of them. */
    record Deadline(Duration each, long nanos, LongSupplier nanoTime) {
        /** For the next count. */
        Duration left() throws Uncountable {
            Duration left = Duration.ofNanos(nanos - nanoTime.getAsLong());
            if (left.toMillis() < 1) {
                throw new Uncountable("counting takes too long");
            }
            return left.compareTo(each) < 0 ? left : each;
        }
    }

    /**
     * Of one session.
     *
     * @param connection of its own, which it changes
     * @param server what it is connected to
     * @param enough more rows than this need not be told apart
     */
    RowEstimator(
            Connection connection,
            String server,
            SessionState session,
            Insights insights,
            Deadline deadline,
            long enough)
            throws SQLException {
        this.connection = connection;
        this.session = session;
        this.insights = insights;
        this.counter = new RowCounter(connection, server, session);
        this.relations = new Relations(connection);
        this.keys = new ForeignKeys(connection);
        this.deadline = deadline;
        this.enough = enough;
    }

    RowEstimate of(Asked asked) {
        try {
            long rows = new One(asked).rows();
            return rows > enough ? new RowEstimate.MoreThan(enough) : new RowEstimate.AtMost(rows);
        } catch (Invalid e) {
            return RowEstimate.NONE;
        } catch (Uncountable e) {
            return new RowEstimate.Unknown(e.why());
        } catch (SQLException e) {
            return new RowEstimate.Unknown(Failure.isTimeout(e) ? "counting takes too long" : "a server refuses to");
        }
    }

    /** The server will refuse the statement, and tell its client why; nobody else need be asked about a typing error. */
    private static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** One statement. */
    private final class One {
        private final StatementFacts facts;
        private final StatementText text;
        private final Unseen unseen;
        private RowCounter.Subject subject;
        private long sum;

        One(Asked asked) throws SQLException, Uncountable {
            facts = asked.facts();
            unseen = asked.unseen();
            text = StatementText.of(facts, asked.sql(), asked.values());
            if (facts.unparsed() || text.tokens().isEmpty()) {
                throw new Uncountable("it is not understood");
            }
            Look look = relations.look(facts.relations(), SearchPath.of(session), session.user());
            subject = new RowCounter.Subject(
                    text,
                    look,
                    relations.unmeasured(look.found().values().stream()
                            .map(found -> found.relation().oid())
                            .distinct()
                            .toList()));
            connection.rollback(); // what was looked at keeps no lock
        }

        long rows() throws SQLException, Uncountable, Invalid {
            switch (facts.command()) {
                case "TRUNCATE TABLE", "DROP TABLE", "DROP MATERIALIZED VIEW" -> wholeTables();
                default -> changes();
            }
            return sum;
        }

        private void wholeTables() throws SQLException, Uncountable {
            Map<Long, Verb> truncated = new LinkedHashMap<>();
            for (RelationName name : facts.relations()) {
                if (subject.look().absent().contains(name) && !unseen.mayBeIn(name)) {
                    continue; // no server has it, nor has the transaction made it
                }
                Tree tree = tree(name);
                add(RowSet.all(tree.root()), tree);
                tree.parts().forEach(part -> truncated.put(part.oid(), Verb.TRUNCATE));
            }
            if (facts.command().equals("TRUNCATE TABLE") && text.endsWithCascade()) {
                List<Cascades.Step> steps = Cascades.of(truncated, true, Set.of(), keys);
                if (steps.size() == Cascades.MOST) {
                    throw new Uncountable("foreign keys lead to too many tables");
                }
                List<Long> reached = steps.stream()
                        .map(step -> step.key().child())
                        .distinct()
                        .toList();
                for (Tree tree : relations.unmeasured(reached).values()) {
                    add(RowSet.all(tree.root()), tree);
                }
            }
        }

        private void changes() throws SQLException, Uncountable, Invalid {
            Changes changes = Changes.of(text.tokens());
            if (changes.merges() > 0) {
                throw new Uncountable("rows of MERGE are not counted");
            }
            if (changes.overwrites() > 0) { // or TextEstimate would have said how many
                throw new Uncountable("ON CONFLICT DO UPDATE of rows that a query returns is not counted");
            }
            if (changes.counted() > 0) {
                refuseInvalid();
                refuseSecrets();
                StatementInsight insight = insight();
                List<RowCount> counts = switch (insight) {
                    case StatementInsight.Details details -> details.counts();
                    case StatementInsight.Unreadable(var why) -> throw new Uncountable(why);
                };
                if (counts.size() != changes.counted()) {
                    throw new Uncountable("it has more changes than are understood");
                }
                for (RowCount count : counts) {
                    add(count, insight);
                }
            }
        }

        private StatementInsight insight() throws Uncountable {
            return switch (insights.now(text.sql())) {
                case Insight.Known(var statements) when statements.size() == 1 -> statements.getFirst();
                case Insight.None(var why) -> throw new Uncountable(why);
                case Insight.Known _, Insight.Pending _ -> throw new Uncountable("it is not understood");
            };
        }

        private void add(RowCount count, StatementInsight insight) throws SQLException, Uncountable {
            RowCount.Query query = switch (count) {
                case RowCount.Query known -> known;
                case RowCount.Unknown(var target, var why) -> throw new Uncountable(why);
            };
            RowSet rows = RowSet.of(query).orElseThrow(() -> new Uncountable("it is not understood"));
            RelationName name =
                    Targets.named(query.target()).orElseThrow(() -> new Uncountable("its table is not known"));
            Tree tree = tree(name);
            long touched = count(query);
            sum += touched;
            if (touched > 0 && sum <= enough) {
                sum += new CascadeRows(relations, keys, this::count, enough - sum)
                        .behind(CascadeRows.Changed.by(text, insight, rows, name, tree));
            }
        }

        private void refuseInvalid() throws Invalid {
            boolean unseenNames = facts.relations().stream().anyMatch(unseen::mayBeIn);
            if (!unseenNames && counter.isInvalid(subject)) {
                throw new Invalid();
            }
        }

        /** The proxy reads more than the user may. What becomes of the statement must not tell what the user cannot see. */
        private void refuseSecrets() throws Uncountable {
            for (RelationName name : facts.relations()) {
                Found found = subject.look().found().get(name);
                if (found != null && !found.readable()) {
                    throw new Uncountable("its user may not read all of " + name);
                }
            }
        }

        private Tree tree(RelationName name) throws Uncountable {
            Found found = subject.look().found().get(name);
            if (found == null) {
                throw new Uncountable(name + " " + subject.look().missing().getOrDefault(name, "is not known"));
            }
            Tree tree = subject.trees().get(found.relation().oid());
            if (tree == null) {
                throw new Uncountable(name + " is gone");
            }
            return tree;
        }

        private void add(RowSet rows, Tree table) throws Uncountable {
            if (sum <= enough) {
                sum += count(rows, table);
            }
        }

        /** Rows of a table that the text does not name, or not in this way. */
        private long count(RowSet rows, Tree table) throws Uncountable {
            subject = subject.with(table);
            return count(rows.count(table.root().label()));
        }

        private long count(RowCount.Query query) throws Uncountable {
            RelationName changed = subject.look().found().keySet().stream()
                    .filter(unseen::mayBeIn)
                    .findFirst()
                    .orElse(null);
            if (changed != null) {
                throw new Uncountable("its transaction has changed "
                        + (unseen.anything() ? "what nobody else sees yet" : changed + " before"));
            }
            Duration limit = deadline.left();
            return switch (counter.count(query, subject, limit)) {
                case Rows.Counted counted -> {
                    if (counted.atMost()) {
                        throw new Uncountable("row security hides some of them from its user");
                    }
                    yield counted.rows();
                }
                case Rows.TooMany _ -> throw new Uncountable("counting takes longer than " + limit.toMillis() + " ms");
                case Rows.NotCounted not -> throw new Uncountable(why(not));
            };
        }

        private static String why(Rows.NotCounted not) {
            return not.said() == null ? not.why() : not.why() + " refuses to";
        }
    }
}
