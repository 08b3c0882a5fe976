package io.holdfast.proxy.approval;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has happened here and the control store does not know yet, because it did not answer: done again, in order, until it does. If the
 * proxy ends first, the others treat what it owned as they treat that of any proxy that is gone.
 */
final class Debts {
    private static final Logger LOG = LoggerFactory.getLogger(Debts.class);

    private final ArrayDeque<Runnable> due = new ArrayDeque<>();

    /** Does it now or, if the store does not answer or others came before, later. */
    void payOrOwe(Runnable debt) {
        owe(debt);
        pay();
    }

    void owe(Runnable debt) {
        synchronized (due) {
            due.addLast(debt);
        }
    }

    /** Tries all that is due; stops when the store does not answer. */
    void pay() {
        synchronized (this) {
            for (Runnable next = first(); next != null; next = first()) {
                try {
                    next.run();
                } catch (StoreUnavailableException e) {
                    return;
                } catch (IllegalStateException e) {
                    LOG.warn("Too late for the control store: {}.", e.getMessage());
                }
                synchronized (due) {
                    due.removeFirst();
                }
            }
        }
    }

    private @Nullable Runnable first() {
        synchronized (due) {
            return due.peekFirst();
        }
    }
}
