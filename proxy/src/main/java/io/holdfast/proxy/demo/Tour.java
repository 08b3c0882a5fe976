package io.holdfast.proxy.demo;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The story of the demo, played against a running proxy with real connections. */
final class Tour {
    private static final List<TourStep> STEPS = List.of(
            new ReadsAndWrites(),
            new TwoPeople(),
            new OneNo(),
            new SecondThoughts(),
            new OpenTransaction(),
            new WhoRanIt());

    private final Stage stage;
    private final Screen screen;

    Tour(Stage stage, Screen screen) {
        this.stage = stage;
        this.screen = screen;
    }

    /**
     * Plays every step, up to the first that does not go as promised.
     *
     * @throws TourFailure naming the step
     */
    void play() throws TourFailure, InterruptedException {
        for (int number = 1; number <= STEPS.size(); number++) {
            TourStep step = STEPS.get(number - 1);
            screen.title(number, step.title());
            try {
                step.play(stage);
            } catch (TourFailure | SQLException | IOException e) {
                throw new TourFailure("step " + number + " of the tour: " + e.getMessage(), e);
            }
        }
        screen.end("All " + STEPS.size() + " steps went as promised. To look around yourself: ./holdfast demo");
    }
}
