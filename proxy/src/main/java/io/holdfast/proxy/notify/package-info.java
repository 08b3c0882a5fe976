/**
 * Tells people and other systems of holds, and takes decisions from Slack. Whatever is slow or down out there delays neither a hold nor
 * a decision: observers only note what has changed, and threads of their own bring it out.
 */
@NullMarked
package io.holdfast.proxy.notify;

import org.jspecify.annotations.NullMarked;
