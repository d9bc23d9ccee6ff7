import { ipcRenderer } from 'electron'
import { handOverPort } from './handOverPort.ts'

handOverPort(window, ipcRenderer)
