package io.holdfast.proxy.ci;

/** Is told of every client that is turned away; must not block, whichever thread tells it. */
@FunctionalInterface
public interface RefusalObserver {
    void refused(Refusal refusal);
}
