/** Whole processes under load: each scenario starts what it needs, measures, and stops it again. */
@NullMarked
package io.holdfast.loadtest.scenario;

import org.jspecify.annotations.NullMarked;
