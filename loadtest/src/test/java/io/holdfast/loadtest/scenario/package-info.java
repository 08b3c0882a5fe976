@NullMarked
package io.holdfast.loadtest.scenario;

import org.jspecify.annotations.NullMarked;
