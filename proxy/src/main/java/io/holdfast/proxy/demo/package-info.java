/** The demo: an embedded primary, follower and proxy with a sample shop. */
@NullMarked
package io.holdfast.proxy.demo;

import org.jspecify.annotations.NullMarked;
