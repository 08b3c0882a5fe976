/** Facts and rules to a verdict; pure. */
@NullMarked
package io.holdfast.proxy.policy;

import org.jspecify.annotations.NullMarked;
