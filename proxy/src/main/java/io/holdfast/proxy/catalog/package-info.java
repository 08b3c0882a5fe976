/** What a database's catalog says of the code behind names, and what a statement is with that known; pure. */
@NullMarked
package io.holdfast.proxy.catalog;

import org.jspecify.annotations.NullMarked;
