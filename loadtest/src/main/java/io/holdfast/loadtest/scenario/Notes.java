package io.holdfast.loadtest.scenario;

import io.holdfast.loadtest.rig.Targets;
import java.util.List;
import java.util.stream.Stream;

/** What has to be said under a table. */
final class Notes {
    private Notes() {}

    /** What is missing, then the rest that is not empty. */
    static List<String> of(Targets targets, String... notes) {
        return Stream.concat(
                        targets.missing().stream().map(name -> name + " is not installed, so it was left out."),
                        Stream.of(notes).filter(note -> !note.isEmpty()))
                .toList();
    }
}
