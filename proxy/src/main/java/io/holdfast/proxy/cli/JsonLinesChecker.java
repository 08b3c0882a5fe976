package io.holdfast.proxy.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.session.Forecast;
import io.holdfast.proxy.session.Rehearsal;
import io.holdfast.proxy.statement.RelationName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Checks lines of JSON, each the first unit of a session of its own, and answers each with one line. */
final class JsonLinesChecker implements Checker {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Supplier<Rehearsal> sessions;
    private final PrintWriter out;
    private final CheckTally tally;

    JsonLinesChecker(Supplier<Rehearsal> sessions, PrintWriter out, CheckTally tally) {
        this.sessions = sessions;
        this.out = out;
        this.tally = tally;
    }

    @Override
    public void check(String name, InputStream in) throws IOException {
        // Bytes as characters: a line that is not UTF-8 is wrong by itself, and not the input.
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            out.println(MAPPER.writeValueAsString(answer(name, number, line)));
        }
    }

    private ObjectNode answer(String name, int number, String line) {
        try {
            JsonNode sql =
                    MAPPER.readTree(line.getBytes(StandardCharsets.ISO_8859_1)).path("sql");
            if (sql.isTextual()) {
                Forecast forecast = sessions.get().query(sql.textValue().getBytes(StandardCharsets.UTF_8));
                tally.count(forecast);
                return answer(forecast);
            }
            return error(name, number, "not an object with a text field sql");
        } catch (JsonProcessingException e) {
            return error(name, number, "not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            return error(name, number, "not UTF-8");
        }
    }

    /** Stands where the answer would, so that lines still correspond. */
    private ObjectNode error(String name, int number, String why) {
        tally.unreadable(name + ':' + number + ": " + why);
        return MAPPER.createObjectNode().put("line", number).put("error", why);
    }

    private static ObjectNode answer(Forecast forecast) {
        ObjectNode answer = MAPPER.createObjectNode()
                .put("class", ForecastWords.statementClass(forecast))
                .put("route", ForecastWords.route(forecast))
                .put("verdict", ForecastWords.verdict(forecast))
                .put("rule", forecast.verdict().rule());
        ArrayNode commands = answer.putArray("commands");
        forecast.statements().forEach(statement -> {
            commands.add(statement.command());
            statement.innerCommands().forEach(commands::add);
        });
        ArrayNode tables = answer.putArray("tables");
        forecast.statements().stream()
                .flatMap(statement -> statement.relations().stream())
                .map(RelationName::toString)
                .distinct()
                .forEach(tables::add);
        return answer.put("unparsed", forecast.unparsed()).put("reason", ForecastWords.reason(forecast));
    }
}
