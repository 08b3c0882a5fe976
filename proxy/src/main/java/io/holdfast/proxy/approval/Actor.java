package io.holdfast.proxy.approval;

/**
 * A person who does something, and the way they came.
 *
 * @param address of the client, for the record; empty: not known
 */
public record Actor(Person person, Channel channel, String address) {}
