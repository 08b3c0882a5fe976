/** Slack and webhooks: words and limits, delivery on fake time, and all of it through the real proxy against a stand-in of Slack. */
@NullMarked
package io.holdfast.proxy.notify;

import org.jspecify.annotations.NullMarked;
