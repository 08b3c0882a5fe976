package io.holdfast.proxy.demo;

import java.io.IOException;
import java.sql.SQLException;

/** One scene of the tour: what people type, and what must come of it. */
interface TourStep {
    /** One sentence. */
    String title();

    /**
     * Plays the scene.
     *
     * @throws TourFailure if a promise is not kept
     * @throws SQLException if a connection cannot be opened, or is lost
     * @throws IOException if the audit file cannot be read
     */
    void play(Stage stage) throws TourFailure, SQLException, IOException, InterruptedException;
}
