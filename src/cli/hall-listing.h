/* SPDX-License-Identifier: GPL-3.0-or-later
 * A list as a command prints it: aligned columns for people, one JSON array for programs. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HallListing HallListing;

HallListing *hall_listing_new        (void);
void         hall_listing_free       (HallListing       *listing);
void         hall_listing_next       (HallListing       *listing);
void         hall_listing_add_cell   (HallListing       *listing,
                                      const char        *text);
void         hall_listing_add_text   (HallListing       *listing,
                                      const char        *name,
                                      const char        *text);
void         hall_listing_add_moment (HallListing       *listing,
                                      const char        *name,
                                      gint64             moment);
void         hall_listing_add_number (HallListing       *listing,
                                      const char        *name,
                                      gint64             number);
void         hall_listing_add_truth  (HallListing       *listing,
                                      const char        *name,
                                      gboolean           truth);
char        *hall_listing_to_table   (HallListing       *listing);
char        *hall_listing_to_json    (HallListing       *listing);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HallListing, hall_listing_free)

G_END_DECLS
