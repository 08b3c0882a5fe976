/** SQL text to facts to class; pure. */
@NullMarked
package io.holdfast.proxy.statement;

import org.jspecify.annotations.NullMarked;
