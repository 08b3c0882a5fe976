/** What tests with real servers and a real proxy share. */
@NullMarked
package io.holdfast.proxy.testing;

import org.jspecify.annotations.NullMarked;
