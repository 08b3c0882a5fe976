package io.holdfast.loadtest.rig;

import java.io.IOException;

/** A {@link QuietServer} in a process of its own: each process may open only so many files. Ends when its input does. */
public final class QuietServerMain {
    private QuietServerMain() {}

    /** Takes the account and the real server's port; says on which port it listens. */
    public static void main(String[] args) throws IOException {
        try (QuietServer server = new QuietServer(args[0], Integer.parseInt(args[1]))) {
            System.out.println(Child.LISTENING + server.port());
            System.out.flush();
            while (System.in.read() >= 0) {
                // until whoever started it is gone
            }
        }
    }
}
