"""Submits events through the reference SDK's batches: MACHINE_ID COUNT PER_BATCH TIMESTAMP. Settings as variables."""
# SPDX-License-Identifier: Apache-2.0
import sys

from peaq_os_sdk import PeaqosClient

machine_id, count, size, timestamp = (int(word) for word in sys.argv[1:])
client = PeaqosClient.from_env()
for start in range(0, count, size):
    client.batch_submit_events(
        [
            {
                "machine_id": machine_id,
                "event_type": 0,
                "value": 100 + number,
                "timestamp": timestamp,
                "raw_data": str(number).encode(),
                "trust_level": 0,
                "source_chain_id": 0,
                "source_tx_hash": None,
                "metadata": b"",
                "currency": "USD",
            }
            for number in range(start, start + size)
        ]
    )
