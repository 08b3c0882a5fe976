package io.holdfast.proxy.session;

import static io.holdfast.proxy.session.Talk.ran;
import static io.holdfast.proxy.session.Wire.wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedWireTest {
    private final Wire primary = wire().withoutFollower();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Frame \"?\" \"\"",
                "Frame \"R\" \"\\x00\\x00\\x00\\x00\"",
                "Frame \"\\x00\" \"\"",
                "PasswordMessage \"geheim\"",
                "Frame \"S\" \"body\"",
                "Frame \"H\" \"body\"",
                "Frame \"D\" \"X\\x00\"",
                "Frame \"C\" \"S\"",
                "Frame \"E\" \"\\x00\"",
                "Frame \"P\" \"s\\x00select 1\\x00\\x00\\x02\\x00\\x00\\x00\\x17\"",
                "Frame \"B\" \"\\x00\\x00\\x00\\x00\\x00\\x01\\xff\\xff\\xff\\xfe\\x00\\x00\"",
                "Frame \"B\" \"\\x00\\x00\\x00\\x00\\xff\\xff\\x00\\x00\"",
                "Frame \"B\" \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00rest\"",
                "Frame \"F\" \"\\x00\"",
            })
    void aMalformedMessageEndsTheSession(String frame) {
        primary.plays("""
                C> %s
                C< ErrorResponse S "FATAL" C "08P01"
                C< Closed
                P> Closed
                """.formatted(frame));
    }

    @Test
    void aMessageLongerThanItsKindMayBeEndsTheSessionBeforeItIsRead() { // P-18
        primary.plays("""
                C> Frame "C" "S%s"
                C< ErrorResponse S "FATAL" C "08P01"
                C< Closed
                P> Closed
                """.formatted("x".repeat(10_000)));
    }

    @Test
    void aQueryWithoutItsTerminatorIsAnErrorOnly() {
        primary.plays("""
                C> Frame "Q" "select 1"
                C< ErrorResponse S "ERROR" C "08P01"
                C< ReadyForQuery I
                """ + ran("select 1", "SELECT 1", 'I'));
    }

    @Test
    void nothingBehindAMalformedMessageIsLookedAt() {
        primary.plays("""
                C> Query "select 1"
                P> Query "select 1"
                C> Frame "?" ""
                C< ErrorResponse S "FATAL" C "08P01"
                C< Closed
                P> Closed
                C> Query "truncate t"
                """);
    }
}
