package io.holdfast.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.proxy.statement.StatementReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatementNamesTest {
    private final StatementNames names = new StatementNames();
    private final PreparedStatement first = statement("s", "select 1");
    private final PreparedStatement second = statement("s", "select 2");

    @Test
    void aNameChangesWhenTheServerSaysSo() { // P-02
        names.willChange("s");
        assertThat(names.find("s")).isNull();
        assertThat(names.changing("s")).isTrue();
        names.parsed(first);
        assertThat(names.find("s")).isSameAs(first);
        assertThat(names.changing("s")).isFalse();
    }

    @Test
    void aParseThatWasSkippedKeepsTheOldStatement() {
        prepare(first);
        names.willChange("s");
        names.parseSkipped("s");
        assertThat(names.find("s")).isSameAs(first);
    }

    @Test
    void aParseOfTheUnnamedStatementThatWasSkippedDropsIt() {
        prepare(statement("", "select 1"));
        names.willChange("");
        names.parseSkipped("");
        assertThat(names.find("")).isNull();
    }

    @Test
    void aNameIsSettledWhenItsLastChangeIs() {
        names.willChange("s");
        names.willChange("s");
        names.closed("s");
        assertThat(names.changing("s")).isTrue();
        names.parsed(second);
        assertThat(names.changing("s")).isFalse();
        assertThat(names.find("s")).isSameAs(second);
    }

    @Test
    void aCloseThatWasSkippedClosesNothing() {
        prepare(first);
        names.willChange("s");
        names.closeSkipped("s");
        assertThat(names.find("s")).isSameAs(first);
        assertThat(names.changing("s")).isFalse();
    }

    @Test
    void aSimpleQueryDropsTheUnnamedStatementOnly() {
        prepare(first);
        prepare(statement("", "select 1"));
        names.simpleQuery();
        assertThat(names.find("")).isNull();
        assertThat(names.find("s")).isSameAs(first);
    }

    @Test
    void deallocateForgetsOneOrAll() {
        prepare(first);
        prepare(statement("t", "select 1"));
        names.deallocate("s");
        assertThat(names.find("s")).isNull();
        assertThat(names.find("t")).isNotNull();
        names.deallocate(null);
        assertThat(names.find("t")).isNull();
    }

    @Test
    void whatPrepareNamedIsNeverForgotten() { // P-05
        var delete = statement("s", "delete from t").facts().statements().getFirst();
        names.preparedBySql("s", delete, "delete from t");
        names.preparedBySql("s", delete, "delete from t");
        names.deallocate(null);
        assertThat(names.preparedBySql("s")).containsExactly(delete);
        prepare(first);
        assertThat(names.executable("s")).hasSize(2);
    }

    private void prepare(PreparedStatement statement) {
        names.willChange(statement.name());
        names.parsed(statement);
    }

    private static PreparedStatement statement(String name, String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.US_ASCII);
        return new PreparedStatement(name, bytes, new int[0], StatementReader.read(bytes, 0, bytes.length));
    }
}
