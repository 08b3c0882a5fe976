package io.holdfast.proxy.approval;

import java.util.function.Function;

/**
 * Where holds, grants and decisions are kept, for one proxy or for several that share it. Safe for use by many threads; every call may
 * block for some seconds, so none is made on an event loop.
 *
 * <p>Changes take turns over all proxies: a human's decision is rare, and so of two that exclude each other exactly one finds what it
 * needs, whoever asks.
 */
public interface ControlStore {
    /**
     * One transaction, and no other change while it lasts. An action that throws has changed nothing.
     *
     * @throws StoreUnavailableException if it is not known to have happened; the exception says whether it may have
     */
    <T> T change(Function<StoreChange, T> action);

    /**
     * Looks without waiting for anybody.
     *
     * @throws StoreUnavailableException if there is no answer
     */
    <T> T look(Function<StoreView, T> action);

    /** Whether other proxies may be using it at the same time. */
    boolean isShared();
}
