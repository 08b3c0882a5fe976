@NullMarked
package io.holdfast.loadtest.report;

import org.jspecify.annotations.NullMarked;
