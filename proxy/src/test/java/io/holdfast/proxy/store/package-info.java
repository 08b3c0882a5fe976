@NullMarked
package io.holdfast.proxy.store;

import org.jspecify.annotations.NullMarked;
