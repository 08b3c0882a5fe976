package io.holdfast.proxy.ci;

/**
 * What the door and the sessions need to keep CI where it belongs; all of it safe for use by many threads.
 *
 * @param rules tell who is CI
 * @param guard decides
 * @param databases say what they are
 * @param observer is told of whoever is turned away
 */
public record Guard(CiRules rules, CiGuard guard, EnvironmentSource databases, RefusalObserver observer) {}
