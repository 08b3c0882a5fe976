@NullMarked
package io.holdfast.loadtest.load;

import org.jspecify.annotations.NullMarked;
