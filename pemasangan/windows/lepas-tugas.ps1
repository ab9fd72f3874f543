#Requires -RunAsAdministrator
<# Menghentikan Lumbung Inovasi dan melepas tugas-tugasnya. Folder data dan cadangan tidak disentuh. #>
$ErrorActionPreference = "Stop"
$Tugas = Get-ScheduledTask -TaskPath "\Lumbung Inovasi\" -ErrorAction SilentlyContinue
if (-not $Tugas) { Write-Host "Tidak ada tugas Lumbung Inovasi."; return }
$Tugas | Stop-ScheduledTask -ErrorAction SilentlyContinue
$Tugas | Unregister-ScheduledTask -Confirm:$false
Write-Host "Tugas dilepas: $($Tugas.TaskName -join ', '). Data tetap di tempatnya."
