package io.holdfast.proxy.bypass;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.message.FrontendWriter;
import io.holdfast.proxy.statement.StatementFacts;
import io.holdfast.proxy.statement.StatementReader;
import io.holdfast.proxy.testing.Answer;
import io.holdfast.proxy.testing.TestServers;
import io.holdfast.proxy.testing.WireClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Where we see one statement, PostgreSQL must not see two. Each mutant is sent as a Parse, which runs nothing, to a server; a
 * server that counts more than one statement says so. {@code -Dholdfast.fuzz.seconds} goes on for longer, with other mutants.
 */
class SplitterFuzzTest {
    private static final long SEED = 20180313;
    private static final int MUTANTS = 12_000;

    /** Parses under way at once. Their answers are small. */
    private static final int BATCH = 50;

    private static final int LONGEST = 2_000;

    /** Errors that are found behind the grammar: the text was one statement. */
    private static final Set<String> ONE_STATEMENT =
            Set.of("42P01", "42703", "42883", "42704", "42P02", "42P18", "42725", "42804", "3F000");

    private final List<String> wrong = new ArrayList<>();
    private int several;
    private int one;
    /** Of those, what we did not understand: each would wait for nothing. */
    private int unparsedOne;

    @Test
    void theServerCountsStatementsAsWeDo(TestReporter reporter) throws Exception {
        long until = System.nanoTime() + Long.getLong("holdfast.fuzz.seconds", 0) * 1_000_000_000;
        long seed = SEED;
        do {
            Mutator mutator = new Mutator(new Random(seed++), seeds());
            for (int i = 0; i < MUTANTS; i += BATCH) {
                compare(Stream.generate(mutator::next).limit(BATCH).toList());
            }
        } while (System.nanoTime() < until && wrong.isEmpty());
        reporter.publishEntry(several + " mutants of several statements, " + one + " of one, of which not understood: "
                + unparsedOne);
        assertThat(wrong).isEmpty();
        assertThat(several).as("mutants of several statements").isGreaterThan(MUTANTS / 20);
        assertThat(one).as("mutants of one statement").isGreaterThan(MUTANTS / 20);
    }

    private static List<String> seeds() {
        List<String> ours = Attempt.all().stream()
                .map(attempt -> attempt.messages().getLast())
                .toList();
        List<String> theirs = Corpus.texts(line -> line.get("sql").asText().length() < LONGEST);
        return Stream.concat(ours.stream(), theirs.stream()).toList();
    }

    private void compare(List<String> texts) throws IOException {
        List<String> pieces = new ArrayList<>();
        List<Answer> answers = parse(texts);
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i).getBytes(UTF_8);
            List<StatementFacts> statements =
                    StatementReader.read(text, 0, text.length).statements();
            boolean unparsed = statements.stream().anyMatch(StatementFacts::unparsed);
            Answer server = answers.get(i);
            several += isSeveral(server) ? 1 : 0;
            one += isOne(server) ? 1 : 0;
            unparsedOne += isOne(server) && unparsed ? 1 : 0;
            if (isSeveral(server) && statements.size() < 2 && !unparsed) {
                wrong.add("several for the server, " + statements.size() + " for us: " + texts.get(i));
            } else if (isOne(server) && statements.size() > 1) {
                wrong.add("one for the server, " + statements.size() + " for us: " + texts.get(i));
            } else if (isSeveral(server)) {
                statements.stream().filter(facts -> !facts.unparsed()).forEach(facts -> pieces.add(piece(facts, text)));
            }
        }
        comparePieces(pieces);
    }

    /** Of what the server sees as several, each of our statements must be one. */
    private void comparePieces(List<String> pieces) throws IOException {
        List<Answer> answers = parse(pieces);
        for (int i = 0; i < pieces.size(); i++) {
            if (isSeveral(answers.get(i))) {
                wrong.add("several for the server, one of several for us: " + pieces.get(i));
            }
        }
    }

    private static List<Answer> parse(List<String> texts) throws IOException {
        var answers = new ArrayList<Answer>();
        try (WireClient server = WireClient.login(
                TestServers.shared().primary().port(), "ana", Map.of("client_min_messages", "error"))) {
            server.send(out -> texts.forEach(text -> {
                FrontendWriter.parse(out, "", text);
                FrontendWriter.sync(out);
            }));
            for (int i = 0; i < texts.size(); i++) {
                answers.add(server.answer());
            }
        }
        return answers;
    }

    private static boolean isSeveral(Answer answer) {
        return answer.messages().stream().anyMatch(message -> message.startsWith("cannot insert multiple commands"));
    }

    private static boolean isOne(Answer answer) {
        return ONE_STATEMENT.containsAll(answer.errors());
    }

    private static String piece(StatementFacts facts, byte[] text) {
        return new String(Arrays.copyOfRange(text, facts.start(), facts.end()), UTF_8);
    }
}
