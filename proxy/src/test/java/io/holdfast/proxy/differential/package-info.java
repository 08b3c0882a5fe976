/**
 * Nobody notices the proxy: scripts of raw messages are played to PostgreSQL and to Holdfast, and what comes back must be the
 * same, frame by frame, but for the differences that are listed with the scripts.
 */
@NullMarked
package io.holdfast.proxy.differential;

import org.jspecify.annotations.NullMarked;
