/** The control store in a database: H2 in a file for one proxy, PostgreSQL for several. Decides nothing. */
@NullMarked
package io.holdfast.proxy.store;

import org.jspecify.annotations.NullMarked;
