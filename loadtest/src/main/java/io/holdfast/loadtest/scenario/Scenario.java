package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.rig.Scratch;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** One question, and how it is answered. */
interface Scenario {
    /** A sentence. */
    String question();

    /** Names of its options, and what they are unless given. */
    Map<String, String> options();

    /**
     * Starts what it needs, measures and stops it again.
     *
     * @throws IllegalArgumentException if an option's value is none; before anything is started
     */
    Findings measure(Options options, Scratch scratch) throws IOException, SQLException, InterruptedException;
}
