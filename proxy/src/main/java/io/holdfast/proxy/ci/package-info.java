/** Keeps test suites and CI away from anything but local databases, and knows what their cleaners send. */
@NullMarked
package io.holdfast.proxy.ci;

import org.jspecify.annotations.NullMarked;
