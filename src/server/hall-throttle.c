/* SPDX-License-Identifier: GPL-3.0-or-later
 * Token buckets in memory. They are forgotten at a restart, which does no harm. */
#include "server/hall-throttle.h"

/* Beyond so many buckets the full ones are thrown away; a full bucket and none are the same. */
#define MANY_BUCKETS 10000

typedef struct {
  double left;
  gint64 seen_at;
} Bucket;

struct _HallThrottle {
  GHashTable *buckets; /* who → Bucket */
  guint       burst;
  double      per_microsecond;
};

static void
fill (HallThrottle *self,
      Bucket       *bucket,
      gint64        now)
{
  gint64 passed = MAX (now - bucket->seen_at, 0);

  bucket->left = MIN (self->burst, bucket->left + passed * self->per_microsecond);
  bucket->seen_at = now;
}

static void
forget_full (HallThrottle *self,
             gint64        now)
{
  GHashTableIter iter;
  gpointer       bucket;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &bucket)) {
    fill (self, bucket, now);
    if (((Bucket *) bucket)->left >= self->burst)
      g_hash_table_iter_remove (&iter);
  }

  /* Too many at once from everywhere: better to forget them all than to grow without end. */
  if (g_hash_table_size (self->buckets) >= MANY_BUCKETS)
    g_hash_table_remove_all (self->buckets);
}

/**
 * hall_throttle_new:
 * @burst: how many may come at once, at least 1
 * @per_minute: how many more each minute brings, at least 1
 *
 * Returns: (transfer full): a throttle that has seen nobody yet
 */
HallThrottle *
hall_throttle_new (guint burst,
                   guint per_minute)
{
  HallThrottle *self;

  g_return_val_if_fail (burst > 0 && per_minute > 0, NULL);

  self = g_new0 (HallThrottle, 1);
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->burst = burst;
  self->per_microsecond = per_minute / (60.0 * G_USEC_PER_SEC);

  return self;
}

/**
 * hall_throttle_free:
 * @throttle: (transfer full) (nullable): a throttle
 */
void
hall_throttle_free (HallThrottle *throttle)
{
  if (throttle == NULL)
    return;

  g_hash_table_unref (throttle->buckets);
  g_free (throttle);
}

/**
 * hall_throttle_take:
 * @throttle: a throttle
 * @who: who does it
 * @now: microseconds since 1970 in UTC; a clock that goes backwards counts as standing still
 *
 * Asks for one more time. Not safe on several threads at once.
 *
 * Returns: 0 when they may; otherwise after how many seconds they may ask again, at least 1
 */
guint
hall_throttle_take (HallThrottle *throttle,
                    const char   *who,
                    gint64        now)
{
  Bucket *bucket;

  g_return_val_if_fail (throttle != NULL && who != NULL, 0);

  bucket = g_hash_table_lookup (throttle->buckets, who);
  if (bucket == NULL) {
    if (g_hash_table_size (throttle->buckets) >= MANY_BUCKETS)
      forget_full (throttle, now);
    bucket = g_new (Bucket, 1);
    bucket->left = throttle->burst;
    bucket->seen_at = now;
    g_hash_table_insert (throttle->buckets, g_strdup (who), bucket);
  }

  fill (throttle, bucket, now);
  if (bucket->left < 1)
    return 1 + (guint) ((1 - bucket->left) / throttle->per_microsecond / G_USEC_PER_SEC);

  bucket->left -= 1;
  return 0;
}
