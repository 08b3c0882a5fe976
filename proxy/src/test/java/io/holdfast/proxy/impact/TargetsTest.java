package io.holdfast.proxy.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "DELETE FROM orders|DELETE orders",
                "DELETE FROM ONLY (Shop.Orders) o USING customers c WHERE c.id = o.customer_id|DELETE only shop.orders, READ customers",
                "DELETE FROM \"Odd \"\"Name\"\"\"|DELETE Odd \"Name\"",
                "UPDATE orders SET a = 1 FROM other|UPDATE orders, READ other",
                "WITH gone AS (DELETE FROM a RETURNING *), new AS (INSERT INTO b SELECT * FROM gone) UPDATE c SET x = 1|DELETE a, INSERT b, UPDATE c",
                "INSERT INTO a SELECT * FROM b ON CONFLICT (id) DO UPDATE SET x = 1|INSERT a, READ b",
                "SELECT * FROM a FOR NO KEY UPDATE|READ a",
                "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE|DELETE a, READ b",
                "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET x = 1|UPDATE a, READ b",
                "DELETE FROM a WHERE EXISTS (SELECT 1 FROM a)|DELETE a",
                "TRUNCATE a, ONLY b CASCADE|TRUNCATE a, TRUNCATE b",
                "DROP TABLE IF EXISTS a, s.b|DROP a, DROP s.b",
                "DROP SCHEMA s CASCADE|DROP_SCHEMA s",
                "ALTER TABLE a DROP COLUMN b|OTHER a",
                "COPY a FROM STDIN|INSERT a",
                "DELETE FROM U&\"\\0061\"|DELETE a"
            })
    void whatIsChangedComesFirst(String sql, String expected) {
        StatementText text = Sql.one(sql);

        assertThat(Targets.of(text.facts(), text.tokens()).stream()
                        .map(target -> target.verb() + (target.only() ? " only " : " ") + target.name())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
    }
}
