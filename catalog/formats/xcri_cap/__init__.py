"""XCRI-CAP, the course advertising profile of British colleges and universities, read from XML as a stream."""
