package io.holdfast.proxy.web;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is put into a template. All texts are as people may see them; the template escapes them for HTML. */
sealed interface Page {
    /** Its file. */
    String template();

    /**
     * The login form.
     *
     * @param next path to go to then
     * @param problem null: none
     */
    record Enter(Frame frame, String next, @Nullable String problem) implements Page {
        @Override
        public String template() {
            return "login.jte";
        }
    }

    /**
     * What waits, what was decided and has not ended, and what has ended lately.
     *
     * @param decided approved, and not ended yet
     * @param choosable ids of those that the viewer may decide together
     */
    record Holds(
            Frame frame, List<HoldCard> waiting, List<HoldCard> decided, List<HoldCard> ended, Set<String> choosable)
            implements Page {
        @Override
        public String template() {
            return "holds.jte";
        }

        /** For who cannot see it change. */
        String summary() {
            return switch (waiting.size()) {
                case 0 -> "Nothing waits";
                case 1 -> "1 statement waits";
                default -> waiting.size() + " statements wait";
            };
        }
    }

    /** All of one hold. */
    record Hold(Frame frame, HoldDetail hold) implements Page {
        @Override
        public String template() {
            return "hold.jte";
        }
    }

    /**
     * One hold, whole, for somebody who is about to release it alone.
     *
     * @param reason that was typed already
     */
    record Glass(Frame frame, HoldDetail hold, String reason) implements Page {
        @Override
        public String template() {
            return "glass.jte";
        }
    }

    /**
     * Several holds, each whole, to be decided with one reason.
     *
     * @param problem why nothing was decided; null: nothing was sent
     * @param reason that was typed already
     */
    record Several(
            Frame frame,
            List<SeveralPages.Chosen> holds,
            @Nullable String problem,
            String reason) implements Page {
        @Override
        public String template() {
            return "several.jte";
        }
    }

    /**
     * What became of decisions on several.
     *
     * @param done what was decided, in the past tense
     */
    record Answers(Frame frame, String done, List<SeveralPages.Answer> answers) implements Page {
        @Override
        public String template() {
            return "answers.jte";
        }
    }

    /**
     * What has ended.
     *
     * @param number of this page, from 1
     * @param pages at least 1
     */
    record History(Frame frame, List<HoldCard> ended, int number, int pages) implements Page {
        @Override
        public String template() {
            return "history.jte";
        }
    }

    /** Client connections. */
    record Sessions(Frame frame, List<SessionCard> sessions) implements Page {
        @Override
        public String template() {
            return "sessions.jte";
        }
    }

    /**
     * What is frozen, and how to change that.
     *
     * @param known false: the control store has not said yet what is frozen
     * @param problem why what was sent has changed nothing; null: nothing was sent, or it has
     * @param form null: the viewer may not freeze
     */
    record Freezes(
            Frame frame,
            boolean known,
            List<FreezeCard> freezes,
            @Nullable String problem,
            @Nullable FreezeForm form) implements Page {
        @Override
        public String template() {
            return "freeze.jte";
        }
    }

    /** A status and what it means here. */
    record Message(Frame frame, int status, String text) implements Page {
        @Override
        public String template() {
            return "message.jte";
        }
    }
}
