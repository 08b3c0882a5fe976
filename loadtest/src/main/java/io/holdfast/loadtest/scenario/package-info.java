/** Whole processes under load: each scenario is a program that starts what it needs, measures, prints a table and stops it again. */
@NullMarked
package io.holdfast.loadtest.scenario;

import org.jspecify.annotations.NullMarked;
